subject: The ice cream parlour | lang: en | units: 41
1 l
4-6 x
8-9 w
10-11 d
13-24 l
26-30 l
35 x
37 l
38 o!
40 c
