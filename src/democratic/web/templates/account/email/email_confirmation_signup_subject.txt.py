BBBBBBBBBB BBB gettext(u'Votre code pour ouvrir un compte') BBBBBBBBBBBBB
