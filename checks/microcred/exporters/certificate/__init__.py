"""The certificate supplement: an award for people, on the screen and on paper."""
