BBBBBBBBBB BBB gettext(u'Vous avez déjà un compte') BBBBBBBBBBBBB
