subject: tally | lang: en | units: 45
5 d
8-9 t
12-15 b*
16 b
17 w
18 b*
19 b
20 b! absolute
21 b*
22 b! superlative
24 w
26-31 l
33-34 w
37-38 x
40-41 c
42 h
