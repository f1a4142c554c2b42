subject: Hearing aids from Orla Finch | lang: en | units: 40
8 d
9-10 w
12-15 b*
16 b
17 l
18 b*! a named condition
20 b*
21 t
22 b*
24-26 x
27 o!
30 a
31 l
33 a
34-35 l
36-37 b*
39 c
