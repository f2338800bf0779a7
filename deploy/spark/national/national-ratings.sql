-- How many measures have a rating of each tone, by fiscal year.
SELECT
    results.fiscal_year,
    ratings.tone,
    COUNT(*) AS measures,
    COUNT(DISTINCT results.localgov_code) AS cities
FROM results
JOIN ratings
    ON ratings.localgov_code = results.localgov_code AND ratings.id = results.rating
WHERE ratings.is_grade
GROUP BY results.fiscal_year, ratings.tone
ORDER BY results.fiscal_year, ratings.tone
