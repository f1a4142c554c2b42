subject: One-to-one tuition | lang: en | units: 36
0-18 t
22 b*
23 b
24-25 b*
27 b*
28-30 x
31 o! personal attribute
32 o! a named condition, personal attribute
33 c
34-35 l
