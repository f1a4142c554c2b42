subject: La fisioterapia de suelo pélvico | lang: es | units: 35
10-12 b*
13 b*! cure
14 b*
15 b
16 b*! studies, as good as medicine
17 x
19-21 w
22 b*
23-25 l
27-28 x
30 a
31 t
32-33 l
34 c
