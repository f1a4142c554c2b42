subject: Podiatry | lang: en | units: 33
6 o!
7-8 w
13 o!
17-18 w
19-20 l
21 w
23-25 x
27-30 b*
31 b
32 c
