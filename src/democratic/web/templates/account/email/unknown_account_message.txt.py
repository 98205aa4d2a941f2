BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBB gettext(u'Quelqu’un, vous peut-être, vient de donner cette adresse pour se connecter. Aucun compte n’y est ouvert.') 

 gettext(u'Vous en avez peut-être un à une autre adresse. Sinon, en ouvrir un prend une minute\xa0:') 


 gettext(u'Si ce n’est pas vous, ne faites rien.') BBBBBBBB
