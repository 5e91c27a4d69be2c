"""A catalogue for learners: pages to search and to read, and files for other systems."""
