import { domains } from '$lib/domains';
import type { RequestHandler } from './$types';

/** What search engines are asked to leave alone: the paths that domains hide, in both languages. */
export const GET: RequestHandler = ({ url }) => {
	const paths = domains.flatMap(({ hiddenFromRobots = [] }) => hiddenFromRobots).sort();
	const lines = [...paths, ...paths.map((path) => `/fr${path}`)].map((path) => `Disallow: ${path}`);
	const sitemap = `Sitemap: ${url.origin}/sitemap.xml`;
	return new Response(['User-agent: *', ...lines, '', sitemap, ''].join('\n'), {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'max-age=3600' }
	});
};
