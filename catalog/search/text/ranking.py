"""How much it counts where and how a word is found; tuned on the tuning half of tests/search/judged alone."""

BOOSTS: dict[str, float] = {
    "title": 5.0,
    "skills": 2.2,
    "provider": 2.0,
    "topics": 1.6,
    "composition": 1.0,
    "partners": 1.0,
    "place": 1.2,
    "body": 1.0,
}
"""By the fields of an entry."""
FRENCH_BOOST = 1.5
EXACT_BOOST = 0.3
"""For the word itself, wherever it stands, besides its stem."""
EXACT_TITLE = 6.0
"""For the word itself in the title: marketing is not a market."""
OTHER_FIELDS = 0.15
"""How much of what the fields besides the best one give is added."""
SYNONYM, UNFINISHED, MISTYPED = 0.8, 0.6, 0.7
"""What is left of a score where the word is found by another way of saying it, as a beginning, or with a typing error."""
HELPFUL = 0.3
"""For common words, which need not be found."""
MOST_ENDINGS = 20
"""Ways to go on with an unfinished word that are scored like words; all others only count as found."""
SAME_TITLE, SAME_PROVIDER = 3.0, 1.5
"""Times the score, where the query is the title, or is a name of the provider."""
PAST, NOT_KNOWN, CURRENT = 0.85, 0.93, 1.2
"""Times the score: nothing to come; nothing known; something open, upcoming, waiting or full."""
THIN = 0.85
"""Times the score of a listing that states nothing of what learners look for; rises to 1 with completeness."""
