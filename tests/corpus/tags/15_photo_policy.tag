subject: Portrait photography | lang: en | units: 33
2 l
4-6 l
8-10 l
12-13 l
14 x
16-25 l
27-29 l
31-32 l
