XXXX XXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXX XXXXXXXXXXXXXXX
BB BBBBXXXX gettext(u'Adresse confirmée') XXXXXXX XXXXXXXXXXXXX gettext(u'La réponse et la suite arriveront à %(email)s.') SS SSSSSSS SS SS SSSSS SSSSSSSSSS S SSSSSSSSSSXXXXXXXXX XXXXXXXXXXX XXXXXXBB BBBBBBBBBXX gettext(u'Voir mes suivis') XXXXXXXX
BBBBXXXX gettext(u'Cette adresse est la vôtre\xa0?') XXXXXXX XXXXXXXXXXXXX gettext(u'Si oui, la réponse et la suite arriveront à %(email)s.') SS SSSS SS SSSSSSS SS SS SSSSS SSSSSSSSSS S SSSSSSSSSSXXXX
XXXXX XXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Oui, c’est la mienne') XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXX gettext(u'Sinon, fermez cette page\xa0: rien d’autre ne sera envoyé.') XXXXBBBBB
XXXXXXXXXXXX
