BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBB gettext(u'Un instant') BBBBBBBB
BBBBB BBBBBBBXX XXXXXXXXXXXXX gettext(u'Beaucoup de demandes viennent d’ici en peu de temps. Attendez une minute, puis recommencez\xa0: rien n’est perdu.') XXXX
XX XXXXXXXXXXXXXX XXXXXXXXXXX XXXXXXBB BBBXX gettext(u'Aller à l’accueil') XXXXXXXXBBBBBBBB
