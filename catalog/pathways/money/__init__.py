"""What a learner pays: fees that apply to them, less the funding that is surely theirs."""
