import { NextResponse } from 'next/server'

// With a proxy, Next copies the body of each request, and hands the copy to the route.
export const proxy = () => NextResponse.next()
