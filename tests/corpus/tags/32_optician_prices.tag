subject: The optician's | lang: en | units: 39
1-2 l
4-15 l
17-23 l
25-27 l
29-34 l
36 l
37 x
38 l
