"""CTDL, the Credential Transparency Description Language of Credential Engine, written and read."""
