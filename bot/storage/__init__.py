"""Everything that lasts, in one database through SQLAlchemy."""
