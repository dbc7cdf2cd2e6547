"""What may be taken, where it leads, what it costs a learner, and when: rules, graph, pathways, menus, money, plans."""
