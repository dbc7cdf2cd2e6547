"""Pathways and menus: how far somebody has come, what is left, what it takes, and whether picks make a program."""
