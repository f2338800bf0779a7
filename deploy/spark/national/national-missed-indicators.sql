-- How many indicators have a target and an actual value, and how many of these missed the target, by
-- city and fiscal year. An indicator that should stay the same is not counted.
SELECT
    localgov_code AS city_code,
    fiscal_year,
    COUNT(*) AS compared,
    SUM(CASE
        WHEN better = 'higher' AND actual < target THEN 1
        WHEN better = 'lower' AND actual > target THEN 1
        ELSE 0
    END) AS missed
FROM indicators
WHERE target IS NOT NULL AND actual IS NOT NULL AND better IN ('higher', 'lower')
    AND (superseded IS NULL OR NOT superseded)
GROUP BY localgov_code, fiscal_year
ORDER BY city_code, fiscal_year
