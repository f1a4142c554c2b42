subject: Baby swimming | lang: en | units: 40
7-9 b*
10 b*! study
11-12 b
13 o! named conditions
15 o! immune system, as good as medicine
18 x
19 b*
21-22 l
23-24 x
26-29 l
30 w
32 l
33 w
35-36 w
37-39 l
