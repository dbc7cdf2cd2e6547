"""The root field `plan`: reading what is asked, gathering what can be planned with, and showing plans."""
