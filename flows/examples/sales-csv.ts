/** Forty sales of a made-up shop, with one row that does not belong. The same as public/samples/sales-40.csv. */
export const salesCsv = `date,region,product,units,price,revenue
2024-01-01,West,"Ink, 50 ml",20,16.00,320.00
2024-01-03,North,"Monitor stand 27""",12,42.50,510.00
2024-01-05,East,Paper tray,25,19.64,491.00
2024-01-07,Central,Desk lamp,26,24.92,647.92
2024-01-10,Central,Paper tray,27,19.30,521.10
2024-01-12,North,"Notebook, ruled",15,13.01,195.15
2024-01-14,East,Desk lamp,14,23.98,335.72
2024-01-16,West,"Ink, 50 ml",25,16.08,402.00
2024-01-19,Central,"Notebook, ruled",16,13.09,209.44
2024-01-21,Central,Desk lamp,9,26.13,235.17
2024-01-23,South,"Ink, 50 ml",25,16.26,406.50
2024-01-26,Central,Fountain pen,23,36.38,836.74
2024-01-28,West,"Notebook, ruled",18,12.15,218.70
2024-01-30,West,Paper tray,17,20.62,350.54
2024-02-01,West,Fountain pen,24,36.12,866.88
2024-02-04,West,Fountain pen,17,39.80,676.60
2024-02-06,West,"Notebook, ruled",18,12.47,224.46
2024-02-08,North,"Ink, 50 ml",18,17.65,317.70
2024-02-10,West,Paper tray,22,17.86,392.92
2024-02-13,Central,Fountain pen,14,38.19,534.66
2024-02-15,West,"Notebook, ruled",23,12.89,296.47
2024-02-17,South,"Notebook, ruled",16,12.54,200.64
2024-02-20,South,Paper tray,18,17.76,319.68
2024-02-22,West,Desk lamp,16,25.92,414.72
2024-02-24,Central,"Notebook, ruled",18,13.71,246.78
2024-02-26,North,Fountain pen,8,40.55,324.40
2024-02-29,South,Desk lamp,14,24.08,98700.00
2024-03-02,South,Paper tray,14,19.00,266.00
2024-03-04,South,Desk lamp,22,22.75,500.50
2024-03-06,North,"Ink, 50 ml",17,17.11,290.87
2024-03-09,East,Paper tray,25,18.24,456.00
2024-03-11,South,Paper tray,18,20.07,361.26
2024-03-13,South,"Notebook, ruled",15,13.46,201.90
2024-03-16,Central,"Monitor stand 27""",16,41.44,663.04
2024-03-18,East,"Notebook, ruled",14,13.53,189.42
2024-03-20,East,Desk lamp,26,25.54,664.04
2024-03-22,East,Fountain pen,26,40.25,1046.50
2024-03-25,Central,"Notebook, ruled",18,13.83,248.94
2024-03-27,South,"Monitor stand 27""",17,45.37,771.29
2024-03-29,East,Fountain pen,21,40.24,845.04
`;
