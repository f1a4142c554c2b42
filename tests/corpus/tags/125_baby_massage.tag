subject: Baby massage course | lang: en | units: 34
4 l
5-7 w
9-15 b*
16 b*!
20-22 b*
23 b
25-26 x
28-30 l
31 t
33 c
