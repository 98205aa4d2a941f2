BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBB gettext(u'Quelqu’un, vous peut-être, vient de donner cette adresse pour ouvrir un compte. Il y en a déjà un.') 

 gettext(u'Pour entrer, demandez un code\xa0:') 
BBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB

 gettext(u'Si ce n’est pas vous, ne faites rien\xa0: rien n’a changé.') BBBBBBBB
