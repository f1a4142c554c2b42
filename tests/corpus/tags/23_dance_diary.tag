subject: Ballroom lessons | lang: en | units: 45
0-18 t
22-23 b*
24 b*! study, a named disease
25 b*
26 b
27 b
28 a
31 a
34-35 l
37 l
42-43 l
44 c
