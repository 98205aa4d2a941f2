"""Tables of counts of people, published without naming a few of them."""
