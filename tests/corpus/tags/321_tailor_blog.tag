subject: Clothing alterations | lang: en | units: 29
1-2 t
8-9 w
10 b*
11 b*!
12-14 b*
16-17 b*
18 b
24-25 x
26-27 l
28 c
