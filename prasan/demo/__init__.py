"""The demonstration: three provinces with people for every role, made through actions like any user's."""
