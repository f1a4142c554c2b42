subject: A dental under anaesthetic | lang: en | units: 34
9 d
11-14 w
15 b*
16 b
17 t
18-20 b*
21 b*!
22 b
24-26 x
28-31 l
33 c
