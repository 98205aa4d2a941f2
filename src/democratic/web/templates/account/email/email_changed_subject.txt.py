BBBBBBBBBB BBB gettext(u'Votre adresse a changé') BBBBBBBBBBBBB
