subject: A hygienist visit | lang: en | units: 33
2 d
3 l
9 b*
11-15 b*
16 b*! a named disease, studies
19-20 t
21 w
22 l
23-24 x
26-27 x
30-31 l
32 c
