BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBB gettext(u'Voici le code qui confirme que cette adresse est la vôtre\xa0:') 

    

 gettext(u'Recopiez-le dans la page où vous l’avez demandé. Il sert une fois, pendant un quart d’heure.') 

 gettext(u'Si vous n’avez rien demandé, ne faites rien\xa0: votre adresse ne servira pas.') BBBBBBBB
