-- Budgets and settled amounts by fiscal year, category and unit. Units are not converted, because a
-- city writes its own. Amounts are added as decimals, so that every engine gets the same sum.
SELECT
    fiscal_year,
    COALESCE(category, '区分なし') AS category,
    unit,
    CAST(SUM(CAST(budget AS DECIMAL(24, 4))) AS DECIMAL(28, 4)) AS budget,
    CAST(SUM(CAST(settled AS DECIMAL(24, 4))) AS DECIMAL(28, 4)) AS settled,
    COUNT(DISTINCT localgov_code) AS cities
FROM budgets
WHERE superseded IS NULL OR NOT superseded
GROUP BY fiscal_year, COALESCE(category, '区分なし'), unit
ORDER BY fiscal_year, category, unit
