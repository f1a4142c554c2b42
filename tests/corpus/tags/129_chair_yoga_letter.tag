subject: Chair yoga for seniors | lang: en | units: 31
2 d
3-4 w
5 l
9-15 b*
16 b*! fewer pills
17 b
18 o!
20 o!
21-22 x
24-25 b*
26 t
28 c
29 l
