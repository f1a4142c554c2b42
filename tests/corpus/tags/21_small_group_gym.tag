subject: Small group training | lang: en | units: 45
2-5 l
10-17 l
19 b*
20 w
21-22 b*
23 b*! percentage
24 b*
25-26 t
27 b*! saving
28 b*
31 l
36 o! rivals
38 b*! weight
39-40 x
41 o! named diseases
42-43 l
44 c
