"""What staff change, and how it is proved and published: working copy, tests, models, gaps, figures."""
