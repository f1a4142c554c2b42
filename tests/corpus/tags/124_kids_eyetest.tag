subject: Children's eye test | lang: en | units: 35
11-12 o!
13 w
18-19 w
20-21 l
22 x
26 l
27 b*
30 t
31 b*
32 b*! a named condition
33 b*
34 c
