BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBB gettext(u'Ouvrir un compte') BBBBBBBB
BBBBB BBBBBBBXX XXXXXXXXXXXXX gettext(u'Une adresse suffit. Un code y arrivera pour vérifier que c’est la vôtre.') XXXX
 gettext(u'Ouvrir mon compte') BBB BBBBBBBBBBBBBBBB BB BBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBB
XXX gettext(u'Vous en avez déjà un\xa0?')  XX XXXXXXXX gettext(u'Se connecter') XXXXXXXXBBBBBBBB
