"""Everything a machine without internet needs, in one archive: the app, its libraries for Linux and Windows, their licences and hashes."""
