"""From files to the model: read strictly, judge by rules, report every problem with its place."""
