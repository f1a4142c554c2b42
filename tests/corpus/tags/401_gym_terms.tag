subject: The gym membership | lang: en | units: 43
4-6 l
8-13 l
16-23 l
25-28 x
30-34 l
36-38 l
40 l
41 x
42 h
