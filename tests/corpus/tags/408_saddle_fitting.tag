subject: A saddle fitting | lang: en | units: 34
9-11 w
12 l
14-18 b*
19 l
20-21 b*
22 b*! savings
23 t
25-26 x
27 o!
29-31 l
32 b*
33 c
