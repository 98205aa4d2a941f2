"""How plainly a short text is written: counts of words and sentences, as « langage clair » guides count them."""
