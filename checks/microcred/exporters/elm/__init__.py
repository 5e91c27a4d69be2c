"""The European Learning Model 3: a credential for Europass, or an opportunity for catalogues."""
