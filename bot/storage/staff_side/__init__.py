"""What staff read and write: accounts, reviews, alerts, measures, shared links, the audit trail."""
